/**
 * The fields of a form-urlencoded body. *Observed*: a client that joins the pairs with CR LF is understood, so both are
 * trimmed around keys and values.
 */
export function parseForm(body: Buffer): Map<string, string> {
  const trim = (text: string): string => text.replace(/^[\r\n]+|[\r\n]+$/g, '');
  return new Map([...new URLSearchParams(body.toString('utf8'))].map(([key, value]) => [trim(key), trim(value)]));
}
