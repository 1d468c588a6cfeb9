import { redactJson, SecretUrl } from '../partner-center/http';

/** What whoever has it can open: addresses that carry the right to use them, and those of reports. */
const addresses = /^(report(Url|Uri)|file(Sas|Upload)?(Url|Uri)|publisherDefinedSas(Url|Uri))$/i;

/** What a publisher would not tell: kept to see that there is one. */
const secrets = /(secret|password|connectionString|(access|account|application|shared)Key|accessToken|sasToken)$/i;

const hidden = '[redacted]';

/**
 * A value as people may see it. By its structure first: secret addresses are left out, members that hold a secret say so
 * and nothing else. Then whatever looks like a secret in any text, as the last line of defence.
 */
export function withoutSecrets(value: unknown): unknown {
  return redactJson(shown(value));
}

function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((one) => !(one instanceof SecretUrl)).map(shown);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name, one]) => !(one instanceof SecretUrl) && !addresses.test(name));
  return Object.fromEntries(members.map(([name, one]) => [name, isSecret(name, one) ? hidden : shown(one)]));
}

function isSecret(name: string, value: unknown): boolean {
  return secrets.test(name) && typeof value === 'string' && value !== '';
}
