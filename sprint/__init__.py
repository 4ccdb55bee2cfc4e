"""Sprint: the platform of the French State's yearly open-source sprint."""
