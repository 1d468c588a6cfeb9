/** A reference to a submission, where there is one (R43); what its location begins with differs by the kind of product. */
export function reference(base: string, id: string | undefined): { id: string; resourceLocation: string } | undefined {
  return id === undefined ? undefined : { id, resourceLocation: `${base}/submissions/${id}` };
}
