import { useQueryClient } from '@tanstack/react-query';
import type { Row } from '@tessera/backoffice/contracts';
import { useMay } from '../../providers/access-control';
import RecordPage from '../resources/record-page';
import { TakeBackButton } from './take-back-button';

function TakeBack({ handout }: { handout: Row }) {
  const queries = useQueryClient();
  const mayTakeBack = useMay('gifts.take-back', String(handout['storeId']));
  if (!mayTakeBack || handout['status'] !== 'given') return null;
  const { id } = handout;
  const about = { id, number: String(handout['number']), points: Number(handout['points']) };
  return <TakeBackButton handout={about} onDone={() => queries.invalidateQueries()} />;
}

/** One gift that was handed out, and its way back. */
export default function HandoutPage() {
  return <RecordPage name="gift-handouts" extras={(row) => ({ actions: <TakeBack handout={row} /> })} />;
}
