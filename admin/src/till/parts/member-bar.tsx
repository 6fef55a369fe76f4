import { CloseOutlined, GiftOutlined, UserOutlined } from '@ant-design/icons';
import type { MemberHit } from '@tessera/members/contracts';
import { useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { isSearchable, useMemberLookup } from '../effects/use-member-lookup';
import { birthdayNear } from '../model/birthday';
import { useTill } from '../till-context';

function MemberDetails({ member }: { member: MemberHit }) {
  const parts = [member.memberNo, member.phone, member.birthday].filter(Boolean);
  return <span className="till-member-details">{parts.join(' · ')}</span>;
}

function ChosenMember({ member }: { member: MemberHit }) {
  const { t } = useTranslation();
  const { dispatch, state } = useTill();
  const near = birthdayNear(member.birthday, new Date());
  return (
    <div className="till-member">
      <UserOutlined aria-hidden="true" className="till-member-icon" />
      <div className="till-member-who">
        <strong>{member.name ?? member.memberNo ?? t('till.member')}</strong>
        <MemberDetails member={member} />
        {member.note && <span className="till-member-details">{member.note}</span>}
      </div>
      {near && (
        <span className="till-birthday">
          <GiftOutlined aria-hidden="true" /> {t(near === 'today' ? 'till.birthdayToday' : 'till.birthdayNear')}
        </span>
      )}
      <button
        type="button"
        className="till-icon-button"
        aria-label={t('till.removeMember')}
        disabled={state.phase === 'submitting'}
        onClick={() => dispatch({ type: 'setMember', member: null })}
      >
        <CloseOutlined />
      </button>
    </div>
  );
}

interface HitsProps {
  id: string;
  hits: MemberHit[];
  active: number;
  onPick(member: MemberHit): void;
}

function Hits({ id, hits, active, onPick }: HitsProps) {
  const { t } = useTranslation();
  return (
    <ul id={id} role="listbox" aria-label={t('till.membersFound')} className="till-hits">
      {hits.map((member, index) => (
        <li
          key={member.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(member)}
        >
          <strong>{member.name ?? member.memberNo}</strong>
          <MemberDetails member={member} />
        </li>
      ))}
    </ul>
  );
}

function useAnswer(text: string, { hits, failure, isLooking }: ReturnType<typeof useMemberLookup>): string | null {
  const { t } = useTranslation();
  if (!isSearchable(text) || hits.length > 0) return null;
  if (failure) return failure.status === 0 ? t('till.memberUnreachable') : t('till.memberRefused');
  return isLooking ? t('till.memberLooking') : t('till.memberNotFound', { text: text.trim() });
}

function MemberSearch({ field }: { field: RefObject<HTMLInputElement> }) {
  const { t } = useTranslation();
  const { dispatch } = useTill();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const lookup = useMemberLookup(text);
  const answer = useAnswer(text, lookup);
  const listId = useId();
  const { hits } = lookup;

  function pick(member: MemberHit): void {
    dispatch({ type: 'setMember', member });
    field.current?.blur();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0));
    else if (event.key === 'Enter' && hits[active]) pick(hits[active]);
    else return;
    event.preventDefault();
  }

  return (
    <div className="till-member">
      <UserOutlined aria-hidden="true" className="till-member-icon" />
      <input
        ref={field}
        className="till-member-field"
        value={text}
        placeholder={t('till.memberHint')}
        aria-label={t('till.findMember')}
        role="combobox"
        aria-expanded={hits.length > 0}
        aria-controls={hits.length > 0 ? listId : undefined}
        aria-activedescendant={hits.length > 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <kbd aria-hidden="true">F2</kbd>
      {hits.length > 0 && <Hits id={listId} hits={hits} active={active} onPick={pick} />}
      {answer && (
        <p className="till-hits till-hits-none" role="status">
          {answer}
        </p>
      )}
    </div>
  );
}

/** On top of the cart: who buys. One field finds a member by last four digits, phone, number or name. */
export function MemberBar({ field }: { field: RefObject<HTMLInputElement> }) {
  const { state, rights } = useTill();
  if (state.cart.member) return <ChosenMember member={state.cart.member} />;
  return rights.canFindMembers && state.phase !== 'submitting' ? <MemberSearch field={field} /> : null;
}
