/** A picture that ships with the site. */
export interface Sample {
  /** Its file is `pictures/<id>.webp`. */
  readonly id: string;
  /** What it shows, as CIFAR-10 calls it. */
  readonly shows: string;
  /** Its own title, and who made it. */
  readonly title: string;
  readonly author: string;
  /** Whether it was drawn for this site, is of Debian's `openclipart`, or a photograph. */
  readonly from: 'site' | 'openclipart' | 'photograph';
}

/** Where the samples' files come from, and on what terms. */
export const origins: Readonly<
  Record<Sample['from'], { readonly source: string; readonly licence: string }>
> = {
  site: { source: 'drawn for this site: `scripts/samples/`', licence: 'MIT, with the site' },
  openclipart: {
    source:
      'Open Clip Art Library 0.18, as Debian packages it in `openclipart-svg`; backdrop and size are ours',
    licence: 'public domain dedication',
  },
  photograph: { source: 'scikit-image’s sample data `chelsea`', licence: 'CC0 1.0' },
};

const clip = (id: string, shows: string, title: string, author: string): Sample => ({
  id,
  shows,
  title,
  author,
  from: 'openclipart',
});
const own = (id: string, shows: string, title: string): Sample => ({
  id,
  shows,
  title,
  author: 'ConvAtlas',
  from: 'site',
});

/** The gallery, in the order of CIFAR-10’s classes. */
export const samples: readonly Sample[] = [
  clip('airplane-climbing', 'airplane', 'Aircraft1', 'Jarno Vasamaa'),
  clip('airplane-jet', 'airplane', 'Aircraft3', 'Jarno Vasamaa'),
  clip('automobile-blue', 'automobile', 'Car', 'Jamin Ellis'),
  clip('automobile-sports', 'automobile', 'sportcar', 'Sergio Luiz Araujo Silva'),
  clip('bird-gull', 'bird', 'Jonathon’s Duck', 'Jonathon Love'),
  clip('bird-branch', 'bird', 'bird of peace', 'Mauro Olivo'),
  { id: 'cat-chelsea', shows: 'cat', title: 'Chelsea', author: 'Stéfan van der Walt', from: 'photograph' },
  clip('cat-lying', 'cat', 'Gatto Cat', 'Francesco Rollandin'),
  own('deer-wood', 'deer', 'Deer at the edge of a wood'),
  clip('dog-beagle', 'dog', 'Copper the Beagle', 'Gerald G.'),
  clip('dog-tired', 'dog', 'Bored dog', 'Jose Hevia'),
  clip('frog-sitting', 'frog', 'Rana03', 'Francesco Rollandin'),
  clip('frog-red-eyed', 'frog', 'red-eye frog', 'Mirko Maischberger'),
  own('horse-meadow', 'horse', 'Horse on a meadow'),
  own('ship-sea', 'ship', 'Container ship at sea'),
  clip('ship-schooner', 'ship', 'boat2', 'Jarno Vasamaa'),
  clip('truck-tipper', 'truck', 'Truck2', 'Jarno Vasamaa'),
  clip('truck-red', 'truck', 'Truck1', 'Jarno Vasamaa'),
];
