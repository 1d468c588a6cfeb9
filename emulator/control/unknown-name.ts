/** Something that the control endpoint was asked to change does not exist, or is not in a state for it. */
export class UnknownName extends Error {}
