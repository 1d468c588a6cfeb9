import { z } from 'zod';
import { AccountMap } from '../accounts/account';
import { parseDuration } from '../domain/duration';

/** One setting: how its text is read, and what people are told about it. */
export interface Setting<T> {
  readonly description: string;
  /** What holds where it is absent or empty; `null` = nothing. */
  readonly default: string | null;
  /** For `local.settings.sample.json`; the default if absent. */
  readonly sample?: string;
  /** Reads the text. */
  readonly read: z.ZodType<T, string>;
}

export function setting<T>(of: Setting<T>): Setting<T> {
  return of;
}

/** How texts of settings are read. */

export const text = z.string();

export const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');

export function oneOf<const T extends string>(...values: readonly [T, ...T[]]): z.ZodType<T, string> {
  return z.enum(values, `must be ${values.join(' or ')}`);
}

export function wholeNumber(least: number, most: number): z.ZodType<number, string> {
  return z
    .string()
    .refine((value) => /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most, {
      error: `must be a whole number from ${least} to ${most}`,
    })
    .transform(Number);
}

/** Milliseconds of an ISO 8601 duration. */
export function duration(least: string, most: string): z.ZodType<number, string> {
  const ms = (value: string): number => parseDuration(value) ?? 0;
  return z
    .string()
    .refine((value) => parseDuration(value) !== undefined && ms(value) >= ms(least) && ms(value) <= ms(most), {
      error: `must be an ISO 8601 duration from ${least} to ${most}`,
    })
    .transform(ms);
}

/** An https address without query, and without slash at its end. */
export const httpsUrl = z
  .string()
  .refine(isPlainHttps, 'must be an https address without user name, query and fragment')
  .transform((value) => value.replace(/\/+$/, ''));

function isPlainHttps(value: string): boolean {
  const url = URL.parse(value);
  return url?.protocol === 'https:' && url.username === '' && url.password === '' && url.search + url.hash === '';
}

const hostForm = /^(\*\.)?([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(:\d{1,5})?$/;

/** Hosts parted by commas. */
export const hosts = z
  .string()
  .transform((value) => value.split(',').map((host) => host.trim().toLowerCase()))
  .transform((all) => all.filter((host) => host !== ''))
  .refine(
    (all) => all.every((host) => hostForm.test(host)),
    'must be host names parted by commas, as packages.contoso.com or *.blob.core.windows.net',
  );

const cronForm = /^\S+( \S+){5}$/;

export const schedule = z.string().regex(cronForm, 'must be an NCRONTAB expression of six fields, as 0 */5 * * * *');

/** JSON of accounts by name; each fault with its place. */
export const accounts = z.string().transform((value, context) => {
  const parsed = AccountMap.safeParse(jsonOf(value));
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) context.addIssue({ code: 'custom', message: accountFault(issue) });
  return z.NEVER;
});

function accountFault({ path, ...issue }: z.core.$ZodIssue): string {
  if (path.length === 0) return 'must be a JSON object: accounts by name';
  const place = `at ${path.join('.')}`;
  // What a name may be is said by the schema of names.
  if (issue.code === 'invalid_key') return `${place}: the name ${issue.issues[0]?.message}`;
  if (issue.code === 'unrecognized_keys') return `${place}: nothing is known by the name ${issue.keys.join(', ')}`;
  return `${place}: ${issue.message}`;
}

const headerName = /^[!#$%&'*+.^_`|~0-9a-z-]+$/i;
const headerText = /^[\x20-\x7e]*$/;
const ownHeaders =
  /^(authorization|proxy-.*|cookie|host|connection|upgrade|te|trailer|transfer-encoding|expect|accept|content-.*|if-.*|user-agent|client-request-id)$/i;

/** JSON of headers by name; each fault with its name, none with its text. */
export const headers = z.string().transform((value, context): Readonly<Record<string, string>> => {
  const parsed = z.record(z.string(), z.string()).safeParse(jsonOf(value));
  if (!parsed.success) {
    context.addIssue({ code: 'custom', message: 'must be a JSON object: texts by the names of headers' });
    return z.NEVER;
  }
  for (const [name, text] of Object.entries(parsed.data)) {
    const fault = headerFault(name, text);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: `at ${JSON.stringify(name)}: ${fault}` });
  }
  return parsed.data;
});

function headerFault(name: string, value: string): string | undefined {
  if (!headerName.test(name)) return 'is no name of a header';
  if (ownHeaders.test(name)) return 'is sent by the app itself: leave it out';
  return headerText.test(value) ? undefined : 'its text must be of printable ASCII characters';
}

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
