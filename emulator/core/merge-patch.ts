/** A JSON object. */
type Members = Record<string, unknown>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON merge patch (RFC 7396): members are replaced, `null` removes them, objects are merged. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isMembers(patch)) return patch;
  const result: Members = isMembers(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name];
    else result[name] = mergePatch(result[name], value);
  }
  return result;
}

/** Turns the lists of the named members around. */
export function reverseLists(target: unknown, names: readonly string[]): unknown {
  if (!isMembers(target)) return target;
  const turned = names.flatMap((name) => {
    const list = target[name];
    return Array.isArray(list) ? [[name, list.toReversed() as unknown] as const] : [];
  });
  return { ...target, ...Object.fromEntries(turned) };
}
