import type { z } from 'zod';
import type { AccountMap } from '../accounts/account';
import { catalogue, type SettingName } from './catalogue';

/** Everything that the environment says, checked. */
export interface Settings {
  readonly accounts: AccountMap;
  readonly keyVaultUrl: string | undefined;
  readonly storage: { readonly connectionString: string } | { readonly accountName: string };
  readonly allowedHosts: readonly string[];
  readonly allowLoopbackSources: boolean;
  readonly callers: 'function-keys' | 'entra-id';
  readonly fourEyes: boolean;
  readonly storeApiUrl: string;
  readonly storeApiScope: string;
  readonly marketplaceApiUrl: string;
  readonly marketplaceApiScope: string;
  readonly marketplaceApiHeaders: Readonly<Record<string, string>>;
  readonly cloudPartnerApiUrl: string;
  readonly cloudPartnerApiScope: string;
  readonly authorityHost: string;
  readonly requestsPerMinute: number;
  /** Of each API of the marketplace. */
  readonly marketplaceRequestsPerMinute: number;
  readonly secretPrefix: string;
  readonly pollFloorMs: number;
  readonly settleMs: number;
  readonly sliceMs: number;
  readonly planMs: number;
  readonly maxQueuedPerTenant: number;
  readonly retentionMs: number;
  readonly sweepSchedule: string;
}

/** One thing to mend in the settings. */
export interface SettingFault {
  readonly setting: string;
  readonly message: string;
}

/** The settings cannot be used; it names everything that is wrong, and no value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly faults: readonly SettingFault[]) {
    super(`The settings have faults:\n${faults.map(({ setting, message }) => `- ${setting} ${message}`).join('\n')}`);
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings; what is returned is frozen.
 *
 * @throws SettingsError with all faults together
 */
export function readSettings(environment: Environment = process.env): Settings {
  const faults: SettingFault[] = [];
  const values = readAll(environment, faults);
  const storage = storageOf(environment);
  faults.push(...acrossSettings(values, environment, storage));
  if (faults.length > 0 || storage === undefined) throw new SettingsError(faults);
  return deepFreeze(settingsOf(values, storage));
}

type Values = { readonly [K in SettingName]?: z.output<(typeof catalogue)[K]['read']> | undefined };
type Storage = Settings['storage'];

function readAll(environment: Environment, faults: SettingFault[]): Values {
  const values: Record<string, unknown> = {};
  for (const [name, { default: fallback, read }] of Object.entries(catalogue)) {
    const given = environment[name];
    const text = given === undefined || given === '' ? fallback : given;
    if (text === null) continue;
    const parsed = read.safeParse(text);
    if (parsed.success) values[name] = parsed.data;
    else faults.push(...parsed.error.issues.map(({ message }) => ({ setting: name, message })));
  }
  // Each value was read by the schema that its type comes from.
  return values;
}

function storageOf(environment: Environment): Storage | undefined {
  for (const name of ['PUBLISHER_STORAGE', 'AzureWebJobsStorage']) {
    const connectionString = environment[name];
    if (connectionString) return { connectionString };
    const accountName = environment[`${name}__accountName`];
    if (accountName) return { accountName };
  }
  return undefined;
}

function acrossSettings(values: Values, environment: Environment, storage: Storage | undefined): SettingFault[] {
  const faults: SettingFault[] = [];
  const fault = (setting: SettingName, message: string): number => faults.push({ setting, message });
  if (storage === undefined) {
    fault('PUBLISHER_STORAGE', 'is missing, and so is AzureWebJobsStorage: name a storage account.');
  }
  if (values.PUBLISHER_KEY_VAULT_URL === undefined && namesSecrets(values) && !environment['PUBLISHER_KEY_VAULT_URL']) {
    fault('PUBLISHER_KEY_VAULT_URL', 'is missing, but accounts name secrets: give the address of the vault.');
  }
  if (values.PUBLISHER_FOUR_EYES === true && values.PUBLISHER_CALLERS === 'function-keys') {
    fault('PUBLISHER_FOUR_EYES', 'takes PUBLISHER_CALLERS=entra-id: with function keys nobody knows who calls.');
  }
  if (values.PUBLISHER_CALLERS === 'entra-id' && environment['WEBSITE_AUTH_ENABLED']?.toLowerCase() !== 'true') {
    fault(
      'PUBLISHER_CALLERS',
      'is entra-id, but App Service authentication is off: turn it on, or anybody could claim to be anybody.',
    );
  }
  return faults;
}

function namesSecrets({ PUBLISHER_ACCOUNTS: accounts = {} }: Values): boolean {
  return Object.values(accounts).some(({ credential }) => credential.kind !== 'managed-identity');
}

function settingsOf(values: Values, storage: Storage): Settings {
  const { PUBLISHER_KEY_VAULT_URL: keyVaultUrl, ...rest } = values;
  // Without a fault, every setting that has a default has a value.
  const given = rest as Required<{ [K in keyof typeof rest]: NonNullable<(typeof rest)[K]> }>;
  return {
    accounts: given.PUBLISHER_ACCOUNTS,
    keyVaultUrl,
    storage,
    allowedHosts: given.PUBLISHER_ALLOWED_HOSTS,
    allowLoopbackSources: given.PUBLISHER_ALLOW_LOOPBACK_SOURCES,
    callers: given.PUBLISHER_CALLERS,
    fourEyes: given.PUBLISHER_FOUR_EYES,
    storeApiUrl: given.PUBLISHER_STORE_API_URL,
    storeApiScope: given.PUBLISHER_STORE_API_SCOPE,
    marketplaceApiUrl: given.PUBLISHER_MARKETPLACE_API_URL,
    marketplaceApiScope: given.PUBLISHER_MARKETPLACE_API_SCOPE,
    marketplaceApiHeaders: given.PUBLISHER_MARKETPLACE_API_HEADERS,
    cloudPartnerApiUrl: given.PUBLISHER_CLOUD_PARTNER_API_URL,
    cloudPartnerApiScope: given.PUBLISHER_CLOUD_PARTNER_API_SCOPE,
    authorityHost: given.PUBLISHER_AUTHORITY_HOST,
    requestsPerMinute: given.PUBLISHER_REQUESTS_PER_MINUTE,
    marketplaceRequestsPerMinute: given.PUBLISHER_MARKETPLACE_REQUESTS_PER_MINUTE,
    secretPrefix: given.PUBLISHER_SECRET_PREFIX,
    pollFloorMs: given.PUBLISHER_POLL_FLOOR,
    settleMs: given.PUBLISHER_SETTLE_TIME,
    sliceMs: given.PUBLISHER_SLICE_TIME,
    planMs: given.PUBLISHER_PLAN_TIME,
    maxQueuedPerTenant: given.PUBLISHER_MAX_QUEUED_PER_TENANT,
    retentionMs: given.PUBLISHER_RETENTION,
    sweepSchedule: given.PUBLISHER_SWEEP_SCHEDULE,
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
