/**
 * What must never leave the process. Whoever writes text that came from outside (answers, causes, URLs) passes it
 * through `redact` first; errors of this folder do so in their constructors.
 */

const hidden = '[redacted]';

const rules: readonly (readonly [RegExp, string])[] = [
  // A URL whose query carries a signature: the whole query goes, since its other members narrow the secret down.
  [/(\bhttps?:\/\/[^\s"'<>?]+)\?[^\s"'<>]*?\b(?:sig|signature|code|token)=[^\s"'<>]*/gi, `$1?${hidden}`],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${hidden}`],
  // A JSON web token anywhere.
  [/\beyJ[\w-]{6,}(?:\.[\w-]+)*\.?/g, hidden],
  [/\b(sig|signature)=[^\s"'&<>]+/gi, `$1=${hidden}`],
  [
    /((?:client_secret|client_assertion|access_token|refresh_token|id_token|password|AccountKey|SharedAccessSignature)["']?\s*[=:]\s*["']?)[^\s"'&;,<>}]+/gi,
    `$1${hidden}`,
  ],
  [/("?authorization"?\s*[=:]\s*"?)(?!(?:bearer|basic) \[redacted\])[^"\r\n,}]{8,}/gi, `$1${hidden}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, hidden],
];

/** The text without tokens, client secrets, private keys, signatures, and queries of URLs that carry a signature. */
export function redact(text: string): string {
  return rules.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), text);
}

/** The same for a parsed JSON value: every string in it, at any depth. The value itself is left alone. */
export function redactJson(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redactJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redactMember(key, member)]));
}

const secretNames =
  /^(authorization|client_?secret|client_?assertion|(access|refresh|id)_?token|password|fileUploadUrl|(file|publisherDefined)SasUri|connectionString|(application|azureActiveDirectoryApplication)Key)$/i;

function redactMember(key: string, member: unknown): unknown {
  // An empty one hides nothing, and says that there is none.
  return secretNames.test(key) && typeof member === 'string' && member !== '' ? hidden : redactJson(member);
}

/** What is kept of an error that another library threw: its name, code, and redacted message. */
export class ScrubbedError extends Error {
  override readonly name: string;
  readonly code: string | undefined;

  constructor(name: string, message: string, code?: string) {
    super(redact(message));
    this.name = name;
    this.code = code;
    // Frames of libraries say nothing here, and their text may quote the original message.
    this.stack = `${name}: ${this.message}`;
  }
}

/** A cause that is safe to keep: requests, headers and bodies that libraries hang on their errors stay behind. */
export function scrub(cause: unknown): ScrubbedError | undefined {
  if (cause === undefined || cause === null) return undefined;
  if (cause instanceof ScrubbedError) return cause;
  if (!(cause instanceof Error)) return new ScrubbedError('Error', typeof cause === 'string' ? cause : 'unknown cause');
  return new ScrubbedError(cause.name, cause.message, codeOf(cause));
}

/** The `code` of a Node or Azure error (`ECONNRESET`, …), if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
