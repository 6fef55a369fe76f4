import type { CareReply } from '@tessera/cards/contracts';
import { canCare, CARE_KINDS, permissionOf, type CardStatus, type CareKind } from '@tessera/cards/domain';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../providers/access-control';
import { CareDialog, CareDone } from './care-dialog';

interface ActsProps {
  card: { id: string; number: string; status: CardStatus };
  /** It has time cards that its terms let others use. */
  isShareable?: boolean;
  /** Somebody does. */
  isShared?: boolean;
  /** Touch screens want larger keys. */
  size?: 'large' | 'small';
  onDone?(reply: CareReply): void;
}

function ActButton({ kind, size, onClick }: { kind: CareKind; size: 'large' | 'small'; onClick(): void }) {
  const { t } = useTranslation();
  // A limit is judged when it is known how much is wanted.
  if (!useMay(permissionOf(kind))) return null;
  return (
    <Button size={size} danger={kind === 'report-lost'} onClick={onClick}>
      {t(`members.cards.acts.${kind}`)}
    </Button>
  );
}

/** What this person may do with this card now; what its status does not allow is not offered. */
export function CardActs({ card, isShareable = false, isShared = false, size = 'small', onDone }: ActsProps) {
  const [kind, setKind] = useState<CareKind | null>(null);
  const [reply, setReply] = useState<CareReply | null>(null);
  // an end is pushed out beside it
  const offered: Partial<Record<CareKind, boolean>> = { extend: false, share: isShareable, unshare: isShared };
  const possible = CARE_KINDS.filter((each) => canCare(each, card.status) && offered[each] !== false);
  return (
    <>
      {reply && <CareDone reply={reply} />}
      <Space wrap>
        {possible.map((each) => (
          <ActButton key={each} kind={each} size={size} onClick={() => setKind(each)} />
        ))}
      </Space>
      {kind && (
        <CareDialog
          wanted={{ kind, card }}
          onClose={(done) => {
            setKind(null);
            if (!done) return;
            setReply(done);
            onDone?.(done);
          }}
        />
      )}
    </>
  );
}

/** Beside the end of a lot: pushes it out. */
export function ExtendButton({ card, lot }: { card: ActsProps['card']; lot: { id: string; name: string } }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const may = useMay('cards.extend');
  if (!may || !canCare('extend', card.status)) return null;
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {t('members.cards.acts.extend')}
      </Button>
      {isOpen && <CareDialog wanted={{ kind: 'extend', card, lot }} onClose={() => setOpen(false)} />}
    </>
  );
}
