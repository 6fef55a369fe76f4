import type { ImportProfile } from './profile';
import type { ReadRow, SourceRow } from './source-row';
import type { Thousandths } from './thousandths';

/** What the whole file says about one item. */
export interface ItemFacts {
  name: string;
  /** Last price it was sold at, minor units; 0 when it never had one. */
  unitPrice: number;
}

/** What the whole file says about one customer. */
export interface CustomerFacts {
  /** First row that names him, wall-clock time. */
  firstSeen: string;
  countries: string[];
}

/** Everything that must be known of the whole file before its first invoice is booked. */
export interface ScanResult {
  rows: number;
  /** Σ amount of every row whose amount can be read. */
  fileTotal: Thousandths;
  items: Map<string, ItemFacts>;
  customers: Map<string, CustomerFacts>;
  /** Invoices that other rows interrupt → the line on which they end. */
  splitInvoices: Map<string, number>;
  finePrices: number;
  caseVariants: number;
  customersWithSeveralCountries: number;
}

interface ItemNotes {
  /** Description → how many rows that sold the item carry it. */
  names: Map<string, number>;
  spellings: Set<string>;
  unitPrice: number;
}

export interface RowScan {
  add(read: ReadRow): void;
  result(): ScanResult;
}

/** Most frequent; then the longer one; then the alphabet, so that the answer does not depend on the order of rows. */
function bestName(names: ReadonlyMap<string, number>): string | undefined {
  const [best] = [...names].sort(
    ([a, timesA], [b, timesB]) => timesB - timesA || b.length - a.length || (a < b ? -1 : 1),
  );
  return best?.[0];
}

function noteItem(notes: Map<string, ItemNotes>, row: SourceRow): void {
  let item = notes.get(row.itemCode);
  if (!item) notes.set(row.itemCode, (item = { names: new Map(), spellings: new Set(), unitPrice: 0 }));
  item.spellings.add(row.writtenItemCode);
  const isSale = row.quantity > 0 && row.unitPrice > 0;
  // Rows without a price carry remarks of the stock-keeper ("damaged", "?") where the name should be.
  if (row.unitPrice > 0 && row.description !== '') {
    item.names.set(row.description, (item.names.get(row.description) ?? 0) + 1);
  }
  if (isSale && row.unitPrice % 10 === 0) item.unitPrice = row.unitPrice / 10;
}

/** Goes over all rows once, in file order. What it keeps grows with items, customers and invoices, not with rows. */
export function createRowScan(profile: Pick<ImportProfile, 'itemKind'>): RowScan {
  const items = new Map<string, ItemNotes>();
  const customers = new Map<string, { firstSeen: string; countries: Set<string> }>();
  const closedInvoices = new Set<string>();
  const splitInvoices = new Map<string, number>();
  let current = '';
  let rows = 0;
  let fileTotal = 0;
  let finePrices = 0;

  function noteInvoice(row: SourceRow): void {
    if (row.invoiceNo !== current) {
      closedInvoices.add(current);
      current = row.invoiceNo;
    }
    if (closedInvoices.has(row.invoiceNo)) splitInvoices.set(row.invoiceNo, row.lineNo);
  }
  function noteCustomer(row: SourceRow): void {
    if (row.customerNo === null) return;
    const known = customers.get(row.customerNo);
    if (!known) customers.set(row.customerNo, { firstSeen: row.localTime, countries: new Set([row.country]) });
    else {
      if (row.localTime < known.firstSeen) known.firstSeen = row.localTime;
      known.countries.add(row.country);
    }
  }
  return {
    add(read) {
      rows += 1;
      if ('unreadable' in read) {
        fileTotal += read.unreadable.amount ?? 0;
        return;
      }
      const { row } = read;
      fileTotal += row.amount;
      if (row.unitPrice % 10 !== 0) finePrices += 1;
      noteInvoice(row);
      noteItem(items, row);
      noteCustomer(row);
    },
    result() {
      const spellings = [...items.values()].reduce((count, item) => count + item.spellings.size, 0);
      const facts = [...items].map(([code, item]): [string, ItemFacts] => {
        // The price of a charge is set anew each time: none of them is the price.
        const unitPrice = profile.itemKind(code) === 'service' ? 0 : item.unitPrice;
        return [code, { name: bestName(item.names) ?? code, unitPrice }];
      });
      const people = [...customers].map(([no, { firstSeen, countries }]): [string, CustomerFacts] => [
        no,
        { firstSeen, countries: [...countries] },
      ]);
      return {
        rows,
        fileTotal,
        items: new Map(facts),
        customers: new Map(people),
        splitInvoices,
        finePrices,
        caseVariants: spellings - items.size,
        customersWithSeveralCountries: people.filter(([, { countries }]) => countries.length > 1).length,
      };
    },
  };
}
