import { useQuery } from '@tanstack/react-query';
import type { CardNumbers } from '@tessera/cards/contracts';
import { Empty, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Loading } from '../../components/loading';
import { ErrorNotice } from '../../components/refusal';
import { StatusTag } from '../../components/status-tag';
import { CardActs } from '../../pages/cards/card-acts';
import { PinButton } from '../../pages/cards/pin-dialog';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { useEscape } from '../effects/use-escape';
import { useTill } from '../till-context';

async function readNumbers(memberId: string): Promise<CardNumbers> {
  return (await http.get<CardNumbers>(`/api/cards/members/${memberId}/numbers`)).data;
}

/** The member's cards at the counter: what may be done with each. The cart is priced anew afterwards. */
export default function CardCareSheet({ memberId, onClose }: { memberId: string; onClose(): void }) {
  const { t } = useTranslation();
  const { state, dispatch } = useTill();
  useEscape(onClose);
  const { data, error } = useQuery({
    queryKey: ['card-numbers', memberId],
    gcTime: 0,
    queryFn: () => readNumbers(memberId),
  });
  return (
    <Modal open title={t('members.cards.title')} footer={null} onCancel={onClose}>
      {error && <ErrorNotice error={toApiError(error)} />}
      {!data && !error && <Loading />}
      {data?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('members.cards.none')} />}
      {data?.map((card) => (
        <section key={card.id} aria-label={t('members.cards.number', { number: card.number })}>
          <h3>
            {t('members.cards.number', { number: card.number })} <StatusTag status={card.status} />
          </h3>
          <CardActs
            card={card}
            size="large"
            onDone={() => dispatch({ type: 'setMember', member: state.cart.member })}
          />
        </section>
      ))}
      <div className="till-care-pin">
        <PinButton memberId={memberId} size="large" />
      </div>
    </Modal>
  );
}
