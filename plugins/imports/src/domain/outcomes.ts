import { MEMBER_OUTCOMES } from './member-file/outcomes';

export interface LocalizedText {
  zh: string;
  en: string;
}

export interface OutcomeDefinition {
  isBooked: boolean;
  label: LocalizedText;
}

/** Every way a row can be treated. The keys are stored with set-aside rows: add, never rename. */
export const OUTCOMES = {
  sale: { isBooked: true, label: { en: 'Goods sold', zh: '商品销售' } },
  'sale-service': { isBooked: true, label: { en: 'Postage, carriage and manual charges', zh: '运费及手工收费' } },
  'free-item': { isBooked: true, label: { en: 'Items given free with a sale', zh: '随单赠品' } },
  refund: { isBooked: true, label: { en: 'Goods refunded', zh: '商品退款' } },
  'refund-service': { isBooked: true, label: { en: 'Discounts and charges given back', zh: '折让及费用退还' } },
  'stock-write-off': { isBooked: false, label: { en: 'Stock written off, nobody paid', zh: '库存报损,无收款' } },
  'stock-found': {
    isBooked: false,
    label: { en: 'Stock found or corrected, nobody paid', zh: '库存盘盈或更正,无收款' },
  },
  'bad-debt': { isBooked: false, label: { en: 'Bad-debt adjustment', zh: '坏账调整' } },
  'company-cost': {
    isBooked: false,
    label: { en: "The shop's own fees, commissions and samples", zh: '店铺自身费用、佣金与样品' },
  },
  'fraction-of-penny': {
    isBooked: false,
    label: { en: 'Price finer than the smallest coin', zh: '单价小于最小货币单位' },
  },
  'negative-price': { isBooked: false, label: { en: 'Negative price', zh: '单价为负' } },
  'wrong-sign': {
    isBooked: false,
    label: { en: 'Quantity contradicts the kind of invoice', zh: '数量方向与单据类型不符' },
  },
  'no-quantity': { isBooked: false, label: { en: 'Quantity is zero', zh: '数量为零' } },
  'too-large': { isBooked: false, label: { en: 'Amount beyond what a sale can carry', zh: '金额超出单据上限' } },
  'unknown-invoice': { isBooked: false, label: { en: 'Invoice number of an unknown kind', zh: '无法识别的单号' } },
  'differs-from-booked': {
    isBooked: false,
    label: { en: 'Invoice was booked before with another amount', zh: '单据此前已按其他金额入账' },
  },
  unreadable: { isBooked: false, label: { en: 'Row cannot be read', zh: '无法解析的行' } },
  ...MEMBER_OUTCOMES,
} as const satisfies Record<string, OutcomeDefinition>;

export type OutcomeCode = keyof typeof OUTCOMES;

/** Oddities that are counted beside the outcomes: a row or an invoice may show several. */
export const FINDINGS = {
  'guest-rows': { en: 'Rows without a customer, booked to a guest', zh: '无客户的行,按散客入账' },
  'duplicate-rows': { en: 'Rows equal to an earlier row of their invoice, kept', zh: '与同单前行完全相同的行,保留' },
  'blank-descriptions': { en: 'Rows without a description, named after their item', zh: '缺少描述的行,使用商品名称' },
  'case-variants': { en: 'Item codes that differ by letter case only, merged', zh: '仅大小写不同的货号,已合并' },
  'split-invoices': { en: 'Invoices interrupted by another one, joined', zh: '被其他单据隔开的单据,已合并' },
  'two-times': { en: 'Invoices with several times, dated by the first row', zh: '含多个时间的单据,以首行为准' },
  'fine-prices': { en: 'Prices finer than a penny', zh: '细于一分的单价' },
  'several-countries': { en: 'Members with several countries, tagged with each', zh: '涉及多个国家的会员,分别打标签' },
} as const satisfies Record<string, LocalizedText>;

export type FindingCode = keyof typeof FINDINGS;
