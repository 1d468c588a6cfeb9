import type { Switches } from '../../core/settings';
import { isMembers } from '../body';
import type { Members } from '../model';

const CONFIGURATION = /\.[A-Za-z]+LeadConfiguration$/;
const SECRET = /(secret|password|connectionString|(access|account)Key)$/i;

/**
 * Members of an offer without what is secret in its lead configurations (A-R15). *Documented* for `clientSecret` of
 * Marketo; that connection strings, passwords and keys are the same, and how it looks (switch `cloudPartner.secrets`), is
 * *assumed*.
 */
export function withoutSecrets(offer: Members, switches: Switches): Members {
  const isOmitted = switches['cloudPartner.secrets'] === 'omit';
  return eachConfiguration(offer, (configuration) =>
    Object.fromEntries(
      Object.entries(configuration).flatMap(([key, value]) => {
        if (!SECRET.test(key)) return [[key, value]];
        return isOmitted ? [] : [[key, '']];
      }),
    ),
  );
}

/** Secrets that were sent empty, or not at all, as they were before: a client can only echo what it has read. */
export function withKeptSecrets(offer: Members, before: Members): Members {
  return eachConfiguration(offer, (configuration, name) => {
    const kept = before[name];
    if (!isMembers(kept) || Object.keys(configuration).length === 0) return configuration;
    const secrets = Object.entries(kept).filter(([key]) => SECRET.test(key) && !configuration[key]);
    return { ...configuration, ...Object.fromEntries(secrets) };
  });
}

function eachConfiguration(offer: Members, change: (configuration: Members, name: string) => Members): Members {
  const members = Object.entries(offer).map(([name, value]) => [
    name,
    CONFIGURATION.test(name) && isMembers(value) ? change(value, name) : value,
  ]);
  // Pairs of names and values, each of them one member.
  return Object.fromEntries(members) as Members;
}
