import { MemberCardsCard } from '../members/member-cards';
import RecordPage from '../resources/record-page';

/** A card: whose it is, what is on it and every entry behind it. */
export default function CardPage() {
  return (
    <RecordPage
      name="cards"
      extras={(row) => ({
        below:
          typeof row['memberId'] === 'string' ? <MemberCardsCard memberId={row['memberId']} cardId={row.id} /> : null,
      })}
    />
  );
}
