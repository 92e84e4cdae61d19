package io.pychain.core.message;

import java.util.ArrayList;
import java.util.List;

/// The keys of a GUID: those that it had before, oldest first, and the one that it has.
///
/// ```
///   epoch   1 ───────── 64 │ 65 ──────── 132 │ 133 ────►
///           the first key  │ the second      │ the key
///                 └ consents to ►┘     └ consents to ►┘
/// ```
///
/// @param former the keys before, none twice
/// @param key that it has
public record Lineage(List<Former> former, NodeKey key) {
  /// Most keys before the one that a GUID has.
  public static final int FORMER_MAX = 6;

  /// A key that another has followed.
  ///
  /// @param key it
  /// @param last epoch whose log it signs; what comes after is signed by the next key
  /// @param consent its signature under the next key's taking over from then on
  public record Former(NodeKey key, int last, Bytes consent) {
    private boolean isSame(Former other) {
      return key.equals(other.key) && last == other.last;
    }
  }

  /// Copies the list.
  public Lineage {
    former = List.copyOf(former);
  }

  /// Of a GUID that has had no other key.
  public static Lineage of(NodeKey key) {
    return new Lineage(List.of(), key);
  }

  /// By which key the log of an epoch is signed.
  public NodeKey keyIn(int epoch) {
    for (Former before : former) {
      if (epoch <= before.last()) {
        return before.key();
      }
    }
    return key;
  }

  /// The key at a place, from 0; the last is the one that the GUID has.
  public NodeKey keyAt(int place) {
    return place < former.size() ? former.get(place).key() : key;
  }

  /// Every key, oldest first.
  public List<NodeKey> all() {
    List<NodeKey> all = new ArrayList<>();
    former.forEach(before -> all.add(before.key()));
    all.add(key);
    return all;
  }

  /// Whether the GUID had this key, and has another now.
  public boolean hasRetired(NodeKey other) {
    return former.stream().anyMatch(before -> before.key().equals(other));
  }

  /// Whether no further key can follow.
  public boolean isFull() {
    return former.size() >= FORMER_MAX;
  }

  /// Whether the other is this one, or goes on where this one ends.
  public boolean leadsTo(Lineage other) {
    if (former.size() > other.former.size() || !key.equals(other.keyAt(former.size()))) {
      return false;
    }
    for (int i = 0; i < former.size(); i++) {
      if (!former.get(i).isSame(other.former.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Whether both can be true of one GUID: one leads to the other.
  public boolean agreesWith(Lineage other) {
    return leadsTo(other) || other.leadsTo(this);
  }

  /// Whether a certificate can be true of the same GUID, for whoever knows this: it goes on from
  /// here, or is from before, when its key was the one.
  public boolean admits(Certificate shown) {
    Lineage keys = shown.keys();
    return leadsTo(keys)
        || (keys.leadsTo(this) && shown.epoch() <= former.get(keys.former.size()).last());
  }

  /// With another key at the end.
  public Lineage followedBy(Succession next) {
    List<Former> all = new ArrayList<>(former);
    all.add(new Former(key, next.epoch() - 1, next.consent()));
    return new Lineage(all, next.next());
  }
}
