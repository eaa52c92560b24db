import { holdsWhatIsSaid } from './kind-in-words.ts';

holdsWhatIsSaid('sales');
