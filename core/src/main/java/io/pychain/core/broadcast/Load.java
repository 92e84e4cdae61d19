package io.pychain.core.broadcast;

/// A parcel on its way.
///
/// @param parcel what is carried
/// @param hops how many links it will have crossed when it reaches whom it is handed to next
record Load(Parcel parcel, int hops) {}
