"""The organisers' side: what people said about their coming, in numbers first."""
