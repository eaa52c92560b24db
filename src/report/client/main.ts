/** The script of the page: what follows a click. Everything that it shows stands in the page as data. */
import { startLanguages } from './languages.ts';

startLanguages();
