type Primitive = string | number | boolean | null | undefined;

/** The dotted paths of all members, optional ones too, through lists and unions; what is keyed by data has a `*`. */
type Paths<T> = T extends Primitive
  ? never
  : T extends readonly (infer Item)[]
    ? Paths<Item>
    : T extends object
      ? { [K in keyof T & string]-?: string extends K ? `*.${Paths<T[K]>}` | '*' : K | `${K}.${Paths<T[K]>}` }[keyof T &
          string]
      : never;

/**
 * `true` when a schema's type and an interface of the domain agree: what the schema lets through is a value of the
 * interface, and both have the same members but `Extra`, which the schema alone knows. Otherwise what differs.
 */
export type Agree<Schema, Interface, Extra extends string = never> = [Schema] extends [Interface]
  ? [Exclude<Paths<Schema>, Paths<Interface> | Extra>] extends [never]
    ? [Exclude<Paths<Interface>, Paths<Schema>>] extends [never]
      ? true
      : { readonly missingInSchema: Exclude<Paths<Interface>, Paths<Schema>> }
    : { readonly unknownToInterface: Exclude<Paths<Schema>, Paths<Interface> | Extra> }
  : { readonly notAssignable: Schema };

/** Whether a list may be changed makes no difference on the wire. */
export type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;
