import { json, Refusal } from '../core/answer';

/** An error of Key Vault. *Documented* (Key Vault REST API error codes). */
export function vaultError(status: number, code: string, message: string, inner?: string): Refusal {
  return new Refusal(json(status, { error: { code, message, ...(inner && { innererror: { code: inner } }) } }));
}

export function secretNotFound(id: string): Refusal {
  return vaultError(
    404,
    'SecretNotFound',
    `A secret with (name/id) ${id} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
  );
}

/** *Observed* for names with anything but letters, digits and hyphens. */
export function invalidName(name: string): Refusal {
  return vaultError(400, 'BadParameter', `The request URI contains an invalid name: ${name}`);
}
