// Whether a person has fingers rather than a pointer and keys: then the page speaks of taps.
const FINGERS = '(pointer: coarse), (max-width: 759px)';

export const byTouch = (): boolean => matchMedia(FINGERS).matches;
