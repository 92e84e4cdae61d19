package io.pychain.core.protocol;

/// Running totals; what [NodeView.Counts] shows.
final class Counters {
  long batchesNew;
  long batchesDuplicate;
  long batchesInvalid;
  long batchesFetched;
  long recordsTaken;
  long pushesSent;
  long published;
  long deliveredPush;
  long deliveredSync;
  long deliveredLocal;
  long handedOver;
  long limited;
  long forks;

  void delivered(Persist.Delivery delivery) {
    int messages = delivery.batch().messages().size();
    switch (delivery.via()) {
      case PUSH -> deliveredPush += messages;
      case SYNC -> deliveredSync += messages;
      case LOCAL -> deliveredLocal += messages;
    }
  }
}
