package io.pychain.simulator.transcript;

import io.pychain.core.ring.Guid;
import io.pychain.simulator.world.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What nodes say to each other, from the first word to the last, is what is written in
/// `src/test/resources/transcripts`. Read in the order of their numbers, the transcripts teach the
/// protocol; whoever changes what is said sees there what it does to whole conversations.
class TranscriptsTest {
  @Test
  void newcomerJoins() throws IOException {
    Stage stage = new Stage(4);
    stage.world().startCold(Duration.ofSeconds(5));
    stage.pass(14_999);

    stage.begin("a newcomer knocks at the boot node");
    stage.pass(2_000);

    compare(
        "01-join",
        stage,
        """
        A newcomer joins.

        Three members, 0 to 2, run. The newcomer knows the address of the boot node, which is 0.
        It asks, is given GUID 3 once that is durable, comes back as a member, finds by comparing
        stores who else there is, opens the links that it wants, and introduces itself to all.
        """);
  }

  @Test
  void messageIsPublished() throws IOException {
    Stage stage = new Stage(8).connected();

    stage.begin("3 publishes; what is handed over is acknowledged at once, since it comes alone");
    stage.publish(3, "hello");
    stage.pass(200);
    stage.heading("each tells three peers what is new in its store, in case that they lack it");
    stage.pass(1_300);

    compare(
        "02-publish",
        stage,
        """
        A message is published among eight members.

        It is durable at its origin before it leaves. Then 7 pushes bring it to 7 members: each is
        handed a stretch of the circle, up to the limit, and hands parts of it on before the
        message is durable on its own disk. It is delivered everywhere once it is durable there.
        """);
  }

  @Test
  void twoPublishAtTheSameInstant() throws IOException {
    Stage stage = new Stage(4).connected();

    stage.begin("0 and 3 publish; 3 has two messages more while its first is being written");
    stage.publish(0, "from zero");
    stage.publish(3, "from three");
    stage.publish(3, "a little later");
    stage.publish(3, "and later still");
    stage.pass(100);
    stage.heading("acknowledgements and news");
    stage.pass(1_400);

    compare(
        "03-two-publish-at-once",
        stage,
        """
        Two members publish at the same instant.

        Nobody waits for anybody: each has a log of its own, and there is nothing to agree on.
        Members may deliver the two in a different order, but each log in its own. What is
        published while a batch is being written shares the next one.
        """);
  }

  @Test
  void lostPushIsRepaired() throws IOException {
    Stage stage = new Stage(8).connected();

    stage.begin("3 publishes, and the push to one of its peers is lost");
    stage.loseNextPush(3, 0);
    stage.publish(3, "hello");
    stage.pass(300);
    stage.heading("0 has acknowledged nothing and said nothing: 7, before it, covers for it");
    stage.pass(100);
    stage.heading("0 lives; until it said so, 3 sought somebody else in its arc");
    stage.pass(1_600);

    compare(
        "04-lost-push",
        stage,
        """
        A push is lost, and the member before the hole covers it.

        A cable was pulled for a moment, say. The sender notices that the push was not acknowledged
        and that nothing else has come from the peer: it asks whether the peer lives, and has the
        nearest member before it cover the peer and its stretch. Had that failed too, news and
        fetch would have repaired it.
        """);
  }

  @Test
  void linkBreaksInTheMiddleOfABroadcast() throws IOException {
    Stage stage = new Stage(8).connected();

    stage.begin("0 publishes, and its link to 3 breaks while the push is under way");
    stage.publish(0, "hello");
    stage.pass(5);
    stage.world().breakLinks(0, 3);
    stage.pass(195);
    stage.heading("news of the message, and the link comes up again");
    stage.pass(1_800);

    compare(
        "05-link-breaks",
        stage,
        """
        A link breaks in the middle of a broadcast.

        The stretch that was not acknowledged goes to the next member in it that can be reached.
        Who was skipped by that gets the message from the member before it.
        """);
  }

  @Test
  void memberCatchesUp() throws IOException {
    Stage stage = new Stage(3).connected();
    stage.world().cut(2, 0);
    stage.world().cut(2, 1);
    stage.pass(100);
    for (int i = 1; i <= 3; i++) {
      stage.publish(0, "while 2 was away, " + i);
      stage.pass(1_000);
    }

    stage.awaitCalm();

    stage.begin("2 can reach the others again");
    stage.world().mend(2, 0);
    stage.world().mend(2, 1);
    stage.pass(4_000);
    stage.heading("2 crashes, and 1 publishes before it knows that");
    stage.world().machine(2).crash();
    stage.publish(1, "while 2 was down");
    stage.pass(2_000);
    stage.heading("2 starts again, with what is on its disk: its cursors are gone");
    stage.world().machine(2).restart();
    stage.pass(2_000);

    compare(
        "06-catch-up",
        stage,
        """
        A member catches up after an absence.

        First only its links were gone: it still knows how far it had read in the store of each
        peer, and asks what came after that. It fetches what it lacks and delivers it in the
        origin's order. Then it is started anew, and compares whole stores, which differ in one
        place.
        """);
  }

  @Test
  void twoStoresMeetForTheFirstTime() throws IOException {
    Stage stage = new Stage(20).connected();
    stage.world().machines().stream().filter(TranscriptsTest::isExtra).forEach(Machine::crash);
    stage.world().cut(0, 17);
    stage.publish(0, "zero's second");
    stage.publish(17, "seventeen's second");
    stage.transcript().only(Guid.of(0), Guid.of(17));
    stage.pass(4_000);
    stage.awaitCalm();
    stage.world().machine(0).crash();
    stage.world().machine(17).crash();
    stage.world().mend(0, 17);

    stage.begin("both start anew; nobody else answers, so 0 and 17 turn to each other");
    stage.world().machine(0).restart();
    stage.world().machine(17).restart();
    stage.pass(4_500);

    compare(
        "07-first-contact",
        stage,
        """
        Two different stores meet for the first time.

        Both know twenty members, so their hash trees have two levels: a root (1, 0) over the
        leaves (0, 0), GUIDs 0 to 15, and (0, 1), GUIDs 16 to 31. Each has published what the
        other lacks. Only what differs is opened, and only what is lacking is fetched. The others
        are down.
        """);
  }

  private static boolean isExtra(Machine machine) {
    return machine.index() != 0 && machine.index() != 17;
  }

  @Test
  void twoDialEachOtherAtOnce() throws IOException {
    Stage stage = new Stage(2, Duration.ofMillis(100));

    stage.begin("0 and 1 start");
    stage.world().startWarm();
    stage.pass(3_000);

    compare(
        "08-two-dial-at-once",
        stage,
        """
        Two members dial each other at the same time.

        The higher GUID has a head start of 400 ms. Here a frame takes 100 ms, and a link five of
        them, so that is not enough: two links come up. Both ends keep the one that the higher
        GUID dialled.
        """);
  }

  @Test
  void diskFails() throws IOException {
    Stage stage = new Stage(8).connected();

    stage.begin("the disk of 1 is full, and 1 finds out by publishing");
    stage.world().machine(1).breakDisk();
    stage.publish(1, "too much");
    stage.pass(300);
    stage.heading("1 is asked again, and knows already");
    stage.publish(1, "still too much");
    stage.pass(100);
    stage.heading("0 publishes: 1 hands on what it cannot keep");
    stage.publish(0, "hello");
    stage.pass(200);
    stage.heading("1 hears of the message, and does not ask for what it cannot keep");
    stage.pass(1_400);
    stage.heading("there is room again: the next probe is written");
    stage.world().machine(1).repairDisk();
    stage.pass(2_000);

    compare(
        "09-disk-fails",
        stage,
        """
        A disk fails and recovers.

        What cannot be written is refused, with the reason; nothing of it is kept. What others
        publish is handed on all the same. Once a probe is durable the member compares with every
        peer and fetches what it could not take.
        """);
  }

  @Test
  void memberLeavesAndComesBack() throws IOException {
    Stage stage = new Stage(4).connected();

    stage.begin("3 publishes, and is told to leave at once");
    stage.publish(3, "last words");
    stage.world().machine(3).leave();
    stage.pass(1_500);
    stage.heading("nobody dials it any more, until it comes back");
    stage.pass(4_000);
    stage.world().machine(3).restart();
    stage.pass(1_000);

    compare(
        "10-leave",
        stage,
        """
        A member leaves and comes back.

        What it had been given to publish is durable before it says farewell: an event for the
        applications, and a record with status LEFT, which leaves only once it is durable. It stops
        when its peers have taken both. Back, its record is newer, and it is JOINED again.
        """);
  }

  @Test
  void somebodyAsksWhoHasAMessage() throws IOException {
    Stage stage = new Stage(8).connected();
    stage.publish(3, "hello");
    stage.pass(2_000);
    stage.world().machine(5).breakDisk();
    stage.publish(3, "is anybody there?");
    stage.pass(2_000);

    stage.begin("0 is asked who has the first message, which all have");
    stage.survey(0, "3:1:2");
    stage.pass(100);
    stage.heading("and who has the second, which 5 could not write");
    stage.transcript().only(Guid.of(0), Guid.of(1), Guid.of(5));
    stage.survey(0, "3:1:3");
    stage.pass(500);
    stage.heading("now it can");
    stage.world().machine(5).repairDisk();
    stage.pass(1_000);

    compare(
        "11-who-has-it",
        stage,
        """
        Somebody asks who has a message.

        The question goes round as a broadcast does, 7 questions to 7 members, and the answers are
        added up on their way back. Whoever lacks the message is waited for, and counted as soon
        as it is durable there. Of the second question only what 0, 1 and 5 say is shown.
        """);
  }

  private static void compare(String name, Stage stage, String story) throws IOException {
    List<String> lines = new ArrayList<>();
    story.lines().forEach(line -> lines.add(("# " + line).stripTrailing()));
    lines.add("#");
    lines.add("# " + stage.setting());
    lines.addAll(stage.transcript().lines());
    Golden.compare(name, lines);
  }
}
