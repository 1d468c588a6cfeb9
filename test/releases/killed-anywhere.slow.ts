import { killAt, killableRequests } from './killed-anywhere';

/** Every storage request of a release. */
killAt(Array.from({ length: killableRequests }, (_, index) => index + 1));
