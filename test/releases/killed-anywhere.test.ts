import { killAt } from './killed-anywhere';

/** Some of the storage requests of a release, spread over all of it; `killed-anywhere.slow.ts` takes each of them. */
killAt([3, 37, 71, 105, 139]);
