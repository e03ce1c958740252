package io.tocsin;

/** Members that stand in the document of whatever has this as a component, and not in one of their own. */
interface Flattened {}
