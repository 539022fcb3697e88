"""Pages that no profile knows: where the article is, its title, and what the site prints around it."""
