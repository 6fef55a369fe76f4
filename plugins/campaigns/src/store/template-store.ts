import type { Sql } from '@tessera/kernel/public';
import type { TemplateTerms } from '../domain';

export async function readTemplateTerms(sql: Sql, templateId: string): Promise<TemplateTerms | null> {
  const rows = await sql.query<{ template: TemplateTerms | null }>(
    'SELECT tessera.coupon_template_terms($1) AS template',
    [templateId],
  );
  return rows[0]?.template ?? null;
}

/** Kind and arguments of one template, for a change that names only one of them. */
export async function readTemplateKind(sql: Sql, documentId: string): Promise<{ kind: string; args: unknown } | null> {
  const rows = await sql.query<{ kind: string; args: unknown }>(
    'SELECT kind, args FROM public.coupon_templates WHERE document_id = $1',
    [documentId],
  );
  return rows[0] ?? null;
}
