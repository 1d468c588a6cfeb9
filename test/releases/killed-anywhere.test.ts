import { killAt } from './killed-anywhere';

/** Some of the storage requests of a release, spread over all of it; `killed-anywhere.slow.ts` takes each of them. */
killAt([3, 20, 37, 54, 71, 88, 105, 122, 139, 156]);
