import { z } from 'zod';
import { PersonEdit } from '../ingestion/person-edit';
import { parseDuration } from './duration';
import { PORTAL_ACTIONS } from './portal-action';

const Duration = z.string().refine(
  (text) => {
    try {
      return parseDuration(text) >= 0;
    } catch {
      return false;
    }
  },
  { message: 'Not a duration such as 200ms, 5s, 10m, 2h or 3d' },
);

const RetryAfter = z.union([
  z.strictObject({ seconds: z.number().nonnegative() }),
  /** Sent as an HTTP date, so many seconds from now. */
  z.strictObject({ dateIn: z.number().nonnegative() }),
]);

/** What a fault answers instead of the operation. */
export const FaultAnswer = z.strictObject({
  status: z.int().min(200).max(599),
  /** `standard`: the body that the service itself would send; `json`: that of `json`. */
  body: z.enum(['standard', 'absent', 'html', 'json']).optional(),
  json: z.unknown().optional(),
  /** For Entra: its body for this error, such as 53003. */
  aadsts: z.int().positive().optional(),
  retryAfter: RetryAfter.optional(),
  headers: z.record(z.string(), z.string()).default({}),
});
export type FaultAnswer = z.infer<typeof FaultAnswer>;

/** What happens while a request is on its way, in this order. */
const Meanwhile = z.strictObject({
  /** The clock moves by milliseconds or a duration such as `25h`. */
  advanceClock: z.union([Duration, z.number().nonnegative()]).optional(),
  /** All tokens issued so far are refused from now on. */
  revokeTokens: z.literal(true).optional(),
  /** A person does this in the portal. */
  portal: z.enum(PORTAL_ACTIONS).optional(),
  /** To which product; that of the request unless told otherwise. */
  application: z.string().optional(),
  flight: z.string().optional(),
  addOn: z.string().optional(),
  /** A person does this with a product of the marketplace. */
  person: PersonEdit.optional(),
});
export type Meanwhile = z.infer<typeof Meanwhile>;

const Text = z.string().optional();
/** What the path of a request has to say. */
const Match = z.strictObject({ application: Text, flight: Text, addOn: Text, submission: Text, product: Text });

/** A fault as it is asked for. Its effects combine, in the order below. */
export const FaultRequest = z
  .strictObject({
    /** Name of an operation, or `*`. */
    operation: z.string(),
    /** Before the operation is applied, or after. */
    when: z.enum(['before', 'after']).default('before'),
    /** How many requests meet it. */
    times: z.int().positive().default(1),
    /** How many matching requests pass before the first one meets it. */
    skip: z.int().nonnegative().default(0),
    match: Match.default({}),
    /** Keeps the request so long, by the emulator's clock. */
    delayMs: z.number().nonnegative().optional(),
    /** Keeps the request until it is released over the control endpoint. */
    hold: z.boolean().default(false),
    meanwhile: Meanwhile.optional(),
    /** Closes the connection without an answer. */
    cut: z.boolean().default(false),
    answer: FaultAnswer.optional(),
    /** A JSON merge patch (RFC 7396) on the request, before it is applied. */
    patchRequest: z.record(z.string(), z.unknown()).optional(),
    /** Answers as if it had been stored, but stores nothing: shows what is `stored`, or what was `sent`. */
    discard: z.enum(['stored', 'sent']).optional(),
    /** The submission that the request made, or is about, takes no update from now on, and says nothing of it. */
    zombie: z.boolean().default(false),
    /** The upload URL in the answer has expired. */
    expiredUploadUrl: z.boolean().default(false),
    /** A JSON merge patch (RFC 7396) on the answer. */
    patch: z.record(z.string(), z.unknown()).optional(),
    /** Members of the answer whose lists come in the opposite order. */
    reverse: z.array(z.string()).optional(),
  })
  .refine((fault) => !(fault.hold && fault.delayMs !== undefined), {
    message: 'A request is either held until it is released, or delayed',
  });
export type FaultRequest = z.infer<typeof FaultRequest>;
