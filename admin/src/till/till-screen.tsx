import './styles/base.css';
import './styles/zones.css';
import './styles/catalogue.css';
import './styles/cart.css';
import './styles/keys.css';
import './styles/pay.css';
import './styles/sheets.css';
import './styles/panes.css';
import './styles/shift.css';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useStore, type Store } from '../providers/me';
import { Loading } from '../components/loading';
import { useCatalogue } from './effects/use-catalogue';
import { rememberedTill, rememberTill } from './model/sale-storage';
import { TillPicker } from './parts/till-picker';
import { TillDesk } from './till-desk';

/** A store with one till needs no question. */
function tillOf(store: Store): string | null {
  const remembered = rememberedTill(localStorage, store.id);
  const isThere = store.tills.some(({ id }) => id === remembered);
  if (isThere) return remembered;
  return store.tills.length === 1 ? (store.tills[0]?.id ?? null) : null;
}

function StoreTill({ store }: { store: Store }) {
  const { t } = useTranslation();
  const me = useMe();
  const [tillId, setTillId] = useState(() => tillOf(store));
  const { catalogue, failure, reload } = useCatalogue(store.id);
  const till = store.tills.find(({ id }) => id === tillId);

  function choose(id: string): void {
    rememberTill(localStorage, { storeId: store.id, tillId: id });
    setTillId(id);
  }

  if (!till) {
    return (
      <div className="till-first">
        <h1>{t('till.pickTitle')}</h1>
        <TillPicker store={store} current={null} onChoose={choose} />
      </div>
    );
  }
  if (!me) return null;
  if (!catalogue) {
    if (!failure) return <Loading />;
    return (
      <div className="till-first" role="alert">
        <h1>{t('till.catalogueFailed.title')}</h1>
        <p>{failure.status === 403 ? t('till.catalogueFailed.forbidden') : t('till.catalogueFailed.text')}</p>
        <button type="button" className="till-key till-key-primary" onClick={reload}>
          {t('till.tryAgain')}
        </button>
      </div>
    );
  }
  return (
    <TillDesk
      key={till.id}
      store={store}
      till={till}
      me={me}
      catalogue={catalogue}
      onChooseTill={choose}
      onPricesChanged={reload}
    />
  );
}

/** `/till`: the cashier's work. Store from the header, till from this device. */
export default function TillScreen() {
  const { t } = useTranslation();
  const store = useStore();
  if (!store) {
    return (
      <div className="till-first">
        <h1>{t('till.noStoreTitle')}</h1>
        <p>{t('till.noStoreText')}</p>
      </div>
    );
  }
  return <StoreTill key={store.id} store={store} />;
}
