/** What a relation input of Strapi points to: true = something, false = nothing, undefined = not touched. */
export function pointsSomewhere(relation: unknown): boolean | undefined {
  if (relation === undefined) return undefined;
  if (relation === null || (Array.isArray(relation) && relation.length === 0)) return false;
  if (typeof relation !== 'object' || Array.isArray(relation)) return true;
  const { set, connect, disconnect } = relation as Record<string, unknown>;
  const targets = [set, connect].filter((list) => list !== undefined);
  if (targets.length === 0 && disconnect === undefined) return Object.hasOwn(relation, 'documentId') || undefined;
  if (targets.some((list) => (Array.isArray(list) ? list.length > 0 : list !== null))) return true;
  return set !== undefined || (Array.isArray(disconnect) && disconnect.length > 0) ? false : undefined;
}
