/** The script of the page: what follows a click. Everything that it shows stands in the page as data. */
import { startCouponTable, tellUnread } from './coupon-table.ts';
import { startLanguages } from './languages.ts';

startLanguages();
void startCouponTable().catch(tellUnread);
