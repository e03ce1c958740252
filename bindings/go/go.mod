module tocsin.example/tocsin

go 1.23
