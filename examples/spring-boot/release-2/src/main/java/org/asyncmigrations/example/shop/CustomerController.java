package org.asyncmigrations.example.shop;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The API for users, which is the same in each release. */
@RestController
@RequestMapping("/customers")
class CustomerController {
    private final Customers customers;

    CustomerController(Customers customers) {
        this.customers = customers;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Customer add(@RequestBody Name name) {
        return customers.add(name.name());
    }

    @PutMapping("/{id}")
    Customer rename(@PathVariable long id, @RequestBody Name name) {
        return customers.rename(id, name.name());
    }

    @GetMapping("/{id}")
    Customer find(@PathVariable long id) {
        return customers.find(id);
    }

    record Name(String name) {}
}
