package io.pychain.core;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;

/// The part of the JDK (and of the two libraries that the core has) that takes nothing from the
/// world: no clock, thread, file, socket, luck of its own, or iteration order that varies from run
/// to run.
///
/// Packages are allowed one by one, and classes and methods in them forbidden; so what a coming JDK
/// adds is forbidden in new packages and allowed in old ones.
final class PureJava {

  private static final Set<String> PACKAGES =
      Set.of(
          "java.lang",
          "java.lang.annotation",
          "java.lang.invoke", // what lambdas and string concatenation compile to
          "java.lang.runtime", // what records and pattern switches compile to
          "java.math",
          "java.nio", // buffers
          "java.nio.charset",
          "java.security", // message digests
          "java.time",
          "java.time.temporal",
          "java.util",
          "java.util.function",
          "java.util.random",
          "java.util.stream",
          "java.util.zip",
          "org.jspecify.annotations");

  private static final Set<String> CLASSES =
      Set.of(
          "java.io.ByteArrayInputStream",
          "java.io.ByteArrayOutputStream",
          "java.io.IOException",
          "java.io.UncheckedIOException",
          "java.util.concurrent.ConcurrentSkipListMap", // ordered, and needs no lock
          "javax.crypto.Mac", // pure, given the key
          "javax.crypto.spec.SecretKeySpec");

  private static final Set<String> FORBIDDEN_CLASSES =
      Set.of(
          // threads and processes
          "java.lang.InheritableThreadLocal",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.ProcessHandle",
          "java.lang.Runtime",
          "java.lang.ScopedValue",
          "java.lang.Thread",
          "java.lang.ThreadGroup",
          "java.lang.ThreadLocal",
          "java.util.Timer",
          "java.util.TimerTask",
          // the world
          "java.lang.ClassLoader",
          "java.lang.Module",
          "java.nio.MappedByteBuffer",
          "java.util.Locale",
          "java.util.Properties",
          "java.util.ResourceBundle",
          "java.util.Scanner",
          "java.util.ServiceLoader",
          "java.util.TimeZone",
          // time
          "java.time.Clock",
          "java.time.InstantSource",
          "java.time.ZoneId",
          "java.util.Calendar",
          "java.util.Date",
          // luck
          "java.security.KeyPairGenerator",
          "java.security.SecureRandom",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.random.RandomGeneratorFactory",
          // order that varies from run to run
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.Hashtable",
          "java.util.IdentityHashMap",
          "java.util.WeakHashMap");

  /// Methods of allowed classes, as `Class.method`, all their overloads.
  private static final Set<String> FORBIDDEN_METHODS =
      Set.of(
          "java.lang.Math.random",
          "java.lang.Object.notify",
          "java.lang.Object.notifyAll",
          "java.lang.Object.wait",
          "java.util.Collection.parallelStream",
          "java.util.List.parallelStream",
          "java.util.Map.copyOf",
          "java.util.Map.of",
          "java.util.Map.ofEntries",
          "java.util.Set.copyOf",
          "java.util.Set.of",
          "java.util.UUID.randomUUID",
          "java.util.random.RandomGenerator.getDefault",
          "java.util.random.RandomGenerator.of",
          "java.util.stream.Collectors.groupingByConcurrent",
          "java.util.stream.Collectors.toConcurrentMap",
          "java.util.stream.Collectors.toSet",
          "java.util.stream.Collectors.toUnmodifiableMap",
          "java.util.stream.Collectors.toUnmodifiableSet");

  /// Methods that are pure only if they are told which collection or source of luck to use, with
  /// the number of parameters from which on they are.
  private static final Map<String, Integer> PURE_FROM =
      Map.of(
          "java.util.Collections.shuffle", 2,
          "java.util.stream.Collectors.groupingBy", 3,
          "java.util.stream.Collectors.toMap", 4);

  private PureJava() {}

  static boolean allows(JavaClass type) {
    String name = type.getName();
    boolean nestedInForbidden =
        FORBIDDEN_CLASSES.stream().anyMatch(forbidden -> name.startsWith(forbidden + "$"));
    boolean known =
        type.isPrimitive()
            || CLASSES.contains(name)
            || PACKAGES.contains(type.getPackageName())
            || type.getPackageName().equals("com.google.protobuf");
    return known && !FORBIDDEN_CLASSES.contains(name) && !nestedInForbidden;
  }

  static boolean forbids(AccessTarget target) {
    String owner = target.getOwner().getName();
    String method = owner + "." + target.getName();
    return FORBIDDEN_METHODS.contains(method)
        || (owner.equals("java.lang.System") && !target.getName().equals("arraycopy"))
        || (owner.startsWith("java.time.") && target.getName().equals("now"))
        || (target.getName().equals("parallel") && owner.startsWith("java.util.stream."))
        || (target instanceof CodeUnitAccessTarget called
            && called.getRawParameterTypes().size() < PURE_FROM.getOrDefault(method, 0));
  }
}
