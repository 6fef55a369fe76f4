import { pick } from '../providers/i18n';
import { usePermissionCatalogue } from '../resources/permission-catalogue';

/** A permission of the trail in the words of the role editor. */
export function ActLabel({ code }: { code: string }) {
  const { data = [], isLoading } = usePermissionCatalogue();
  // A code that turns into a word a moment later would be read as the word.
  if (isLoading) return null;
  const permission = data.find((item) => item.code === code);
  return <>{permission ? pick(permission.label) : code}</>;
}
