package main

import (
	"context"
	"errors"

	"storebot/console"
	"storebot/tenant"
)

// hosted finds the shop that has its chat page under a slug.
// Errors: console.ErrNoHostedPage; the store's.
func (in *installation) hosted(ctx context.Context, slug string) (console.HostedShop, error) {
	t, err := in.tenants.BySlug(ctx, slug)
	if errors.Is(err, tenant.ErrNotFound) || err == nil && t.Status != tenant.Active {
		return console.HostedShop{}, console.ErrNoHostedPage
	}
	if err != nil {
		return console.HostedShop{}, err
	}
	look, err := in.widgets.Look(ctx, t.ID)
	if err != nil {
		return console.HostedShop{}, err
	}
	if !look.Hosted {
		return console.HostedShop{}, console.ErrNoHostedPage
	}
	shop, err := in.tenants.Shop(ctx, t.ID)
	return console.HostedShop{Name: shop.Name, Key: shop.Key, Language: shop.Language, Origins: shop.AllowedOrigins}, err
}
