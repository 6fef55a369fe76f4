import type { Resource, Row } from '@tessera/backoffice/contracts';
import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '../providers/access-control';
import { pick } from '../providers/i18n';
import { ruleProblem } from '../resources/rule-problem';

/** To those who can mend it: the rule gives nothing, and why. */
export function RuleMark({ resource, row }: { resource: Resource; row: Row }) {
  const { t } = useTranslation();
  const mayMend = useMay(`${resource.permission}.change`);
  const problem = mayMend ? ruleProblem(resource.resource, row) : null;
  if (!problem) return null;
  const what =
    problem.reason === 'unknownKind' || problem.labels.length === 0
      ? t(`lists.ruleProblem.${problem.reason}`)
      : t('lists.ruleProblem.check', { fields: problem.labels.map(pick).join(t('lists.chip.or')) });
  return <Tag color="error">{t('lists.ruleProblem.doesNotApply', { what })}</Tag>;
}
