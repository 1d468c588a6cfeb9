import type { UploadStorage } from '../storage/upload-storage';
import type { RateLimit } from '../store/rate-limit';
import type { Clock } from './clock';
import type { Faults } from './faults';
import type { Journal } from './journal';
import type { SigningKey } from './signing-key';
import type { World } from './world';

/** What handlers work with. */
export interface Services {
  readonly world: World;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly signingKey: SigningKey;
  readonly storage: UploadStorage;
  readonly rateLimit: RateLimit;
}
