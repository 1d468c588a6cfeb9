/** Static words and the facts as JSON: one line, however the log is shown. The platform would spread an object over many. */
export function logLine(message: string, facts: Readonly<Record<string, unknown>>): string {
  return `${message} ${JSON.stringify(facts)}`;
}
