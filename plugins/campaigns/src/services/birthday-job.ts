import type { Core } from '@strapi/strapi';
import { kernel, type JobDefinition } from '@tessera/kernel/public';
import { members } from '@tessera/members/public';
import { points } from '@tessera/points/public';
import { giveBirthdayGifts } from './give-birthday-gifts';

/** Early in the morning, so that whoever comes on his birthday has it. */
export function birthdayJob(strapi: Core.Strapi): JobDefinition {
  return {
    code: 'birthday-gifts',
    label: { zh: '发放生日礼', en: 'Give birthday gifts' },
    figures: {
      given: { zh: '位会员获赠', en: 'members got one' },
      points: { zh: '积分', en: 'points' },
      coupons: { zh: '张优惠券', en: 'coupons' },
      withheld: { zh: '位因券模板停发而未发', en: 'not given: their coupon is not issued now' },
    },
    cron: '5 4 * * *',
    run: async ({ now }) => {
      const desk = {
        sql: kernel(strapi).database,
        tierBook: members(strapi).tierBook,
        giftOf: points(strapi).giftOf,
      };
      return { ...(await giveBirthdayGifts(desk, now)) };
    },
  };
}
