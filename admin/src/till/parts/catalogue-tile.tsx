import { memo } from 'react';
import { initialsOf, type CatalogueItem } from '../model/catalogue-search';
import { readableOn } from '../model/tile-colour';

interface CatalogueTileProps {
  item: CatalogueItem;
  colour: string;
  price: string;
  name: string;
  onAdd(sku: string): void;
}

/** One item to tap: its image, or its initials on the colour of its category. */
export const CatalogueTile = memo(function CatalogueTile({ item, colour, price, name, onAdd }: CatalogueTileProps) {
  return (
    <button type="button" className="till-tile" data-sku={item.sku} onClick={() => onAdd(item.sku)}>
      {item.imageUrl ? (
        <img src={item.imageUrl} alt="" loading="lazy" className="till-tile-face" />
      ) : (
        <span className="till-tile-face" style={{ background: colour, color: readableOn(colour) }} aria-hidden="true">
          {initialsOf(name)}
        </span>
      )}
      <span className="till-tile-name">{name}</span>
      <span className="till-tile-price amount">{price}</span>
    </button>
  );
});
