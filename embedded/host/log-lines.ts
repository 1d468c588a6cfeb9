import type { LogEntry, LogLevel, LogSink } from '../engine/log';

const order: readonly LogLevel[] = ['trace', 'debug', 'information', 'warning', 'error', 'critical'];

/**
 * Lets through what `logging.logLevel` of host.json asks for: the level of the longest category prefix that matches,
 * else `default`, else Information.
 */
export function filterLevels(levels: Readonly<Record<string, string>>, sink: LogSink): LogSink {
  return (entry) => {
    if (order.indexOf(entry.level) >= threshold(levels, entry.category)) sink(entry);
  };
}

function threshold(levels: Readonly<Record<string, string>>, category: string): number {
  const prefixes = Object.keys(levels)
    .filter((prefix) => category === prefix || category.startsWith(`${prefix}.`))
    .sort((a, b) => b.length - a.length);
  const level = (levels[prefixes[0] ?? 'default'] ?? 'Information').toLowerCase();
  if (level === 'none') return order.length;
  const index = order.findIndex((candidate) => candidate === level);
  return index < 0 ? order.indexOf('information') : index;
}

/** Keys and signatures where addresses and connection strings carry them. */
const secret = /((?:[?&](?:code|sig)|AccountKey|SharedAccessKey)=)[^&;\s"'<]+/gi;

/**
 * One line for an entry: time, level, category, ids, text. Line breaks in the text become visible escapes, and keys of
 * addresses and connection strings are hidden, as the host hides them (Sanitizer.cs of Azure/azure-functions-host).
 */
export function logLine(entry: LogEntry, at: Date): string {
  const ids = [entry.invocationId, entry.instanceId].filter((id) => id !== undefined).join(' ');
  const message = entry.message.replace(/\r/g, '').replace(/\n/g, '\\n').replace(secret, '$1[hidden]');
  return `${at.toISOString()} ${entry.level} ${entry.category} [${ids}] ${message}`;
}
