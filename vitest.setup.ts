import { configure } from '@testing-library/dom';

// A wait ends when what it waits for is there; the limit is for what never comes, on a machine however slow.
configure({ asyncUtilTimeout: 30_000 });
