import { killAt, mostRequests } from './killed-anywhere';

/** Every storage request of a release. */
killAt(Array.from({ length: mostRequests - 1 }, (_, index) => index + 1));
